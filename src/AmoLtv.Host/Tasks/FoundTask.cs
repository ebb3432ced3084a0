using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Host.Tasks;

/// <summary>A reason for a task of one client, found and not yet stored.</summary>
public sealed record FoundTask(CustomerKey Customer, TaskReason Reason, decimal Value, string Marker);
