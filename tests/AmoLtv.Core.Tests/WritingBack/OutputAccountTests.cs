using AmoLtv.Core.Valuation;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class OutputAccountTests
{
    [TestCase(Basis.Margin, true, "gross profit")]
    [TestCase(Basis.Margin, false, "валовая прибыль")]
    [TestCase(Basis.Revenue, true, "revenue")]
    [TestCase(Basis.Revenue, false, "выручка")]
    public void Basis_stands_beside_the_amount_in_the_language_of_the_account(Basis basis, bool isEnglish, string expected) =>
        Assert.That(new OutputAccount(TimeZoneInfo.Utc, basis, isEnglish, DateTimeOffset.UnixEpoch).BasisText, Is.EqualTo(expected));
}
