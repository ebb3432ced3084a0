using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Host.Tasks;

/// <summary>A client whose row has changed since moves were last looked at.</summary>
public sealed record ClientMove(CustomerKey Customer, ClientState Before, ClientState Now, decimal Value);
