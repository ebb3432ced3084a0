using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Host.Syncing;

/// <summary>What following an account depends on.</summary>
/// <param name="IsFiltered">Whether the CRM honours filters on lists.</param>
/// <param name="HasHooks">Whether the CRM calls us when something changes.</param>
/// <param name="IsScanLeft">Whether an interrupted scan waits to be ended.</param>
/// <param name="Hearing">What is known of the hooks; null where none are to come.</param>
/// <param name="Stored">Custom fields whose values are stored.</param>
internal sealed record FollowedAccount(
    bool IsFiltered, bool HasHooks, bool IsScanLeft, HookHearing? Hearing, IReadOnlySet<(EntityType Entity, FieldId Field)> Stored);
