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

    [TestCase("price", ExpectedResult = OutputType.Numeric)]
    [TestCase("textarea", ExpectedResult = OutputType.Text)]
    [TestCase("date", ExpectedResult = OutputType.Date)]
    [TestCase("date_time", ExpectedResult = OutputType.DateTime)]
    [TestCase("select", ExpectedResult = OutputType.Text)]
    public OutputType Field_holds_the_kind_that_fits_it(string crmType) => FieldFit.Held(crmType);

    [Test]
    public void Paid_type_is_never_created([Values] OutputType type) => Assert.That(FieldFit.Created(type), Is.Not.EqualTo("monetary"));

    // The first is what a field is created as.
    [TestCase(OutputType.Numeric, "numeric", "monetary", "price")]
    [TestCase(OutputType.Text, "text", "textarea")]
    [TestCase(OutputType.Date, "date")]
    [TestCase(OutputType.DateTime, "date_time")]
    public void Kind_of_a_number_fits_these_types_of_the_CRM_and_no_other(OutputType type, params string[] fitting)
    {
        Assert.That(FieldFit.Allowed(type), Is.EqualTo(fitting));
        Assert.That(FieldFit.Created(type), Is.EqualTo(fitting[0]));
    }
}
