using AmoLtv.Core.Segmentation;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

/// <summary>Words that sales people filter by: Russian in accounts of amoCRM, English in those of Kommo.</summary>
[TestFixture]
public sealed class SegmentWordsTests
{
    [TestCase(RfmGroup.Champions, "Лучшие", "Champions")]
    [TestCase(RfmGroup.Loyal, "Постоянные", "Loyal")]
    [TestCase(RfmGroup.PotentialLoyalists, "Могут стать постоянными", "Potential loyalists")]
    [TestCase(RfmGroup.New, "Новые", "New")]
    [TestCase(RfmGroup.Promising, "Перспективные", "Promising")]
    [TestCase(RfmGroup.NeedAttention, "Требуют внимания", "Need attention")]
    [TestCase(RfmGroup.AboutToSleep, "Засыпают", "About to sleep")]
    [TestCase(RfmGroup.AtRisk, "Могут уйти", "At risk")]
    [TestCase(RfmGroup.CantLose, "Нельзя потерять", "Can't lose")]
    [TestCase(RfmGroup.Hibernating, "Спящие", "Hibernating")]
    [TestCase(RfmGroup.Lost, "Потерянные", "Lost")]
    public void Group_in_both_languages(RfmGroup group, string russian, string english) =>
        Assert.That((SegmentWords.Of(group, isEnglish: false), SegmentWords.Of(group, isEnglish: true)), Is.EqualTo((russian, english)));

    [TestCase(LifecycleState.New, "Новый", "New")]
    [TestCase(LifecycleState.Active, "Активный", "Active")]
    [TestCase(LifecycleState.Slipping, "Ускользает", "Slipping")]
    [TestCase(LifecycleState.Dormant, "Давно не покупал", "Dormant")]
    [TestCase(LifecycleState.Lost, "Потерян", "Lost")]
    public void State_in_both_languages(LifecycleState state, string russian, string english) =>
        Assert.That((SegmentWords.Of(state, isEnglish: false), SegmentWords.Of(state, isEnglish: true)), Is.EqualTo((russian, english)));

    [Test]
    public void Every_group_and_state_has_words_of_its_own([Values] bool isEnglish)
    {
        Assert.That(Enum.GetValues<RfmGroup>().Select(group => SegmentWords.Of(group, isEnglish)), Is.Unique);
        Assert.That(Enum.GetValues<LifecycleState>().Select(state => SegmentWords.Of(state, isEnglish)), Is.Unique);
    }
}
