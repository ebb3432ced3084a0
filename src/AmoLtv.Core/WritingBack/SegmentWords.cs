using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.WritingBack;

/// <summary>Names of groups and states as they stand in a field of the CRM, where sales people filter by them.</summary>
public static class SegmentWords
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such group.</exception>
    public static string Of(RfmGroup group, bool isEnglish) => group switch
    {
        RfmGroup.Champions => isEnglish ? "Champions" : "Лучшие",
        RfmGroup.Loyal => isEnglish ? "Loyal" : "Постоянные",
        RfmGroup.PotentialLoyalists => isEnglish ? "Potential loyalists" : "Могут стать постоянными",
        RfmGroup.New => isEnglish ? "New" : "Новые",
        RfmGroup.Promising => isEnglish ? "Promising" : "Перспективные",
        RfmGroup.NeedAttention => isEnglish ? "Need attention" : "Требуют внимания",
        RfmGroup.AboutToSleep => isEnglish ? "About to sleep" : "Засыпают",
        RfmGroup.AtRisk => isEnglish ? "At risk" : "Могут уйти",
        RfmGroup.CantLose => isEnglish ? "Can't lose" : "Нельзя потерять",
        RfmGroup.Hibernating => isEnglish ? "Hibernating" : "Спящие",
        RfmGroup.Lost => isEnglish ? "Lost" : "Потерянные",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There is no such group."),
    };

    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public static string Of(LifecycleState state, bool isEnglish) => state switch
    {
        LifecycleState.New => isEnglish ? "New" : "Новый",
        LifecycleState.Active => isEnglish ? "Active" : "Активный",
        LifecycleState.Slipping => isEnglish ? "Slipping" : "Ускользает",
        LifecycleState.Dormant => isEnglish ? "Dormant" : "Давно не покупал",
        LifecycleState.Lost => isEnglish ? "Lost" : "Потерян",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };
}
