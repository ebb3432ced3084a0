using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class FieldFitTests
{
    [TestCase(OutputType.Numeric, "numeric", ExpectedResult = true)]
    [TestCase(OutputType.Numeric, "monetary", ExpectedResult = true)]
    [TestCase(OutputType.Numeric, "text", ExpectedResult = false)]
    [TestCase(OutputType.Text, "textarea", ExpectedResult = true)]
    [TestCase(OutputType.Text, "select", ExpectedResult = false)]
    [TestCase(OutputType.Date, "date_time", ExpectedResult = false)]
    [TestCase(OutputType.DateTime, "date_time", ExpectedResult = true)]
    public bool Number_goes_only_into_a_field_that_holds_its_kind(OutputType type, string crmType) => FieldFit.Fits(type, crmType);

    [Test]
    public void Paid_type_is_never_created([Values] OutputType type) => Assert.That(FieldFit.Created(type), Is.Not.EqualTo("monetary"));

    [Test]
    public void Leads_carry_the_value_and_tier_of_their_customer_alone() =>
        Assert.That(OutputFields.Of(EntityType.Lead).Select(output => output.Output), Is.EqualTo(new[] { OutputFields.Ltv, OutputFields.Tier }));
}
