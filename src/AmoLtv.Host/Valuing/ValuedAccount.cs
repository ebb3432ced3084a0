using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>What of an account and its settings a valuation needs.</summary>
public sealed record ValuedAccount(
    AccountId Id,
    TimeZoneInfo Zone,
    int SettingsVersion,
    AccountSettings Settings,
    IReadOnlySet<LeadId> ExcludedByHand,
    IReadOnlyList<ChannelSpend> Spend);
