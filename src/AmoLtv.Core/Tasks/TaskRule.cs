using System.Globalization;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.Tasks;

/// <summary>Finds the reasons for tasks in a client's move, and whether a reason still stands.</summary>
public static class TaskRule
{
    /// <summary>A reason that could not be sent for so many days, because of the daily cap, is no news any more.</summary>
    public const int DaysOfNews = 7;

    /// <param name="before">Where the client stood when moves were last looked at.</param>
    /// <param name="now">Where it stands.</param>
    /// <param name="tiers">Codes of the tiers, from the most valuable down.</param>
    /// <param name="areTiersComparable">False where the tiers themselves were changed in between: then nobody has crossed one.</param>
    /// <param name="settings">What the account wants.</param>
    public static IReadOnlyList<TaskReason> Reasons(
        ClientState before, ClientState now, IReadOnlyList<string> tiers, bool areTiersComparable, TaskSettings settings)
    {
        var reasons = new List<TaskReason>();
        var (was, isNow) = (Place(before.Tier, tiers), Place(now.Tier, tiers));
        var isValuable = was < settings.TopTiers || isNow < settings.TopTiers;
        if (settings.OnSlipping && isValuable && HasBegunToSlip(before.Lifecycle, now.Lifecycle))
        {
            reasons.Add(new TaskReason(
                TaskKind.Slipping, SegmentCodes.Of(before.Lifecycle!.Value), SegmentCodes.Of(now.Lifecycle!.Value), $"slipping:{Day(now)}"));
        }

        if (settings.OnTier && areTiersComparable && isValuable && was != isNow && was < tiers.Count && isNow < tiers.Count
            && Math.Min(was, isNow) < settings.TopTiers && Math.Max(was, isNow) >= settings.TopTiers)
        {
            var kind = isNow < was ? TaskKind.TierUp : TaskKind.TierDown;
            reasons.Add(new TaskReason(kind, before.Tier!, now.Tier!, $"tier:{before.Tier}>{now.Tier}:{Day(now)}"));
        }

        return reasons;
    }

    /// <summary>Whether a reason that waited is still worth a task.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="to">Code of the segment the client entered.</param>
    /// <param name="key">The reason's key.</param>
    /// <param name="now">Where the client stands.</param>
    /// <param name="daysWaited">Since the reason was found.</param>
    public static bool Stands(TaskKind kind, string to, string key, ClientState now, double daysWaited) =>
        daysWaited <= DaysOfNews
        && key.EndsWith(':' + Day(now), StringComparison.Ordinal)
        && (kind == TaskKind.Slipping ? IsSilent(now.Lifecycle) : now.Tier == to);

    private static bool HasBegunToSlip(LifecycleState? before, LifecycleState? now) =>
        before is LifecycleState.New or LifecycleState.Active && IsSilent(now);

    /// <summary>One that is lost is past being called; one that a longer pause of the service made dormant at once is not.</summary>
    private static bool IsSilent(LifecycleState? state) => state is LifecycleState.Slipping or LifecycleState.Dormant;

    private static int Place(string? tier, IReadOnlyList<string> tiers)
    {
        for (var place = 0; place < tiers.Count; place++)
        {
            if (tiers[place] == tier)
            {
                return place;
            }
        }

        return int.MaxValue;
    }

    private static string Day(ClientState state) => state.LastPurchase?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
