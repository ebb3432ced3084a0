using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

/// <summary>
/// What accounts hold already: a field is found again by its code, people filter by its name, and a field of another kind would be refused.
/// Changing a code here would leave every account with a field that nobody fills any more.
/// </summary>
[TestFixture]
public sealed class OutputFieldsTests
{
    private static readonly OutputField[] OfCustomers =
    [
        new("ltv", "AMOLTV_LTV", OutputType.Numeric, "LTV", "LTV"),
        new("basis", "AMOLTV_BASIS", OutputType.Text, "LTV: по чему считается", "LTV: basis"),
        new("bought", "AMOLTV_BOUGHT", OutputType.Numeric, "LTV: куплено на сумму", "LTV: bought to date"),
        new("expected", "AMOLTV_EXPECTED", OutputType.Numeric, "LTV: ожидается", "LTV: expected"),
        new("aov", "AMOLTV_AOV", OutputType.Numeric, "LTV: средний чек", "LTV: average order value"),
        new("purchases", "AMOLTV_PURCHASES", OutputType.Numeric, "LTV: покупок", "LTV: purchases"),
        new("purchases_per_year", "AMOLTV_FREQUENCY", OutputType.Numeric, "LTV: покупок в год", "LTV: purchases a year"),
        new("first_purchase", "AMOLTV_FIRST", OutputType.Date, "LTV: первая покупка", "LTV: first purchase"),
        new("last_purchase", "AMOLTV_LAST", OutputType.Date, "LTV: последняя покупка", "LTV: last purchase"),
        new("next_purchase", "AMOLTV_NEXT", OutputType.Date, "LTV: следующая покупка ожидается", "LTV: next purchase expected"),
        new("repeat_probability", "AMOLTV_REPEAT", OutputType.Numeric, "LTV: вероятность повторной покупки, %", "LTV: repeat probability, %"),
        new("tier", "AMOLTV_TIER", OutputType.Text, "LTV: уровень", "LTV: tier"),
        new("rfm_group", "AMOLTV_RFM", OutputType.Text, "LTV: группа RFM", "LTV: RFM group"),
        new("lifecycle", "AMOLTV_LIFECYCLE", OutputType.Text, "LTV: жизненный цикл", "LTV: life-cycle"),
        new("ltv_to_cac", "AMOLTV_LTV_CAC", OutputType.Numeric, "LTV : CAC", "LTV : CAC"),
        new("calculated_at", "AMOLTV_AT", OutputType.DateTime, "LTV: рассчитано", "LTV: calculated at"),
    ];

    private static readonly OutputField[] OfLeads =
    [
        new("ltv", "AMOLTV_LTV", OutputType.Numeric, "LTV клиента", "Customer LTV"),
        new("tier", "AMOLTV_TIER", OutputType.Text, "Уровень LTV клиента", "Customer LTV tier"),
    ];

    [TestCase(EntityType.Company)]
    [TestCase(EntityType.Contact)]
    public void Companies_and_contacts_carry_all_of_them(EntityType entity) => Assert.That(OutputFields.Of(entity), Is.EqualTo(OfCustomers));

    [Test]
    public void Leads_carry_what_a_pipeline_is_filtered_by() => Assert.That(OutputFields.Of(EntityType.Lead), Is.EqualTo(OfLeads));

    [Test]
    public void Output_is_found_by_our_own_name_of_it()
    {
        Assert.That(OutputFields.Get("tier"), Is.EqualTo(OfCustomers[11]));
        Assert.That(() => OutputFields.Get("profit"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contain("profit"));
    }
}
