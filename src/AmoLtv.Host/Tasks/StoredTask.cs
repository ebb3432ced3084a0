using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Host.Tasks;

/// <summary>A task as its row stands, with what its client is like now.</summary>
/// <param name="Customer">The client.</param>
/// <param name="Key">Of the reason.</param>
/// <param name="Kind">What happened.</param>
/// <param name="From">Code of the segment it left.</param>
/// <param name="To">Code of the segment it entered.</param>
/// <param name="Value">Its headline then.</param>
/// <param name="Marker">Stands in the task's text.</param>
/// <param name="FoundAt">When the reason was found.</param>
/// <param name="TaskId">Number in the CRM, null until created.</param>
/// <param name="Now">Where the client stands; null where its card is in the trash or it is no client any more.</param>
/// <param name="Responsible">Active responsible user of the card, else who installed; null where there is nobody.</param>
public sealed record StoredTask(
    CustomerKey Customer,
    string Key,
    TaskKind Kind,
    string From,
    string To,
    decimal Value,
    string Marker,
    DateTimeOffset FoundAt,
    long? TaskId,
    ClientState? Now,
    UserId? Responsible)
{
    public EntityType Entity => Customer.Scope == CustomerScope.Company ? EntityType.Company : EntityType.Contact;
}
