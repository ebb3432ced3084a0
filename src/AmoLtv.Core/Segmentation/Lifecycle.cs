using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>Life-cycle states: the one number that goes by the day, not by the month.</summary>
public static class Lifecycle
{
    /// <summary>
    /// The worst state that the silence has reached: silent for longer than so many of the client's typical gaps.
    /// A purchase later than <paramref name="today"/> is no silence.
    /// </summary>
    /// <param name="relationship">Its first and last day and typical gap; its as-of date is not used.</param>
    /// <param name="today">The account's local day.</param>
    /// <param name="settings">Valid ones.</param>
    public static LifecycleState Of(Relationship relationship, DateOnly today, LifecycleSettings settings)
    {
        double silent = today.DayNumber - relationship.Last.DayNumber;
        var gap = relationship.Gap.Days;
        return silent switch
        {
            _ when silent > settings.LostAfterGaps * gap => LifecycleState.Lost,
            _ when silent > settings.DormantAfterGaps * gap => LifecycleState.Dormant,
            _ when silent > settings.SlippingAfterGaps * gap => LifecycleState.Slipping,
            _ => relationship.First == relationship.Last ? LifecycleState.New : LifecycleState.Active,
        };
    }

    /// <summary>
    /// The first day after <paramref name="today"/> on which the state is worse if the client stays silent; null for one
    /// that is lost, or whose gap reaches beyond the calendar. Until then an unchanged client keeps its state.
    /// </summary>
    public static DateOnly? WorsensOn(Relationship relationship, DateOnly today, LifecycleSettings settings)
    {
        double? gaps = Of(relationship, today, settings) switch
        {
            LifecycleState.Lost => null,
            LifecycleState.Dormant => settings.LostAfterGaps,
            LifecycleState.Slipping => settings.DormantAfterGaps,
            _ => settings.SlippingAfterGaps,
        };
        var day = relationship.Last.DayNumber + Math.Floor((gaps ?? 0) * relationship.Gap.Days) + 1;
        return gaps is null || day > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber((int)day);
    }
}
