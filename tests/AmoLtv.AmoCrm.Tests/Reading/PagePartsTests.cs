using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Reading;

[TestFixture]
public sealed class PagePartsTests
{
    [TestCase(250, 125)]
    [TestCase(125, 25)]
    [TestCase(100, 50)]
    [TestCase(7, 1)]
    [TestCase(1, null)]
    public void Page_is_made_of_smaller_ones_without_a_rest(int limit, int? smaller) => Assert.That(PageParts.Smaller(limit), Is.EqualTo(smaller));

    [Test]
    public void Smaller_pages_cover_the_rows_of_the_page_and_no_others([Values(1, 2, 40)] int number, [Values(2, 5)] int parts)
    {
        var size = 250 / parts;
        var first = PageParts.First(number, parts);

        Assert.That((first - 1) * size, Is.EqualTo((number - 1) * 250));
        Assert.That((first + parts - 1) * size, Is.EqualTo(number * 250));
    }

    [Test]
    public void Batch_is_halved_when_the_CRM_ran_out_of_time_on_it_down_to_one()
    {
        var size = BatchSize.Largest;
        var sizes = new List<int>();
        for (var failure = 0; failure < 7; failure++)
        {
            size = size.After(CrmFailure.GatewayTimeout, size.Limit);
            sizes.Add(size.Limit);
        }

        Assert.That(sizes, Is.EqualTo([25, 12, 6, 3, 1, 1, 1]));
    }

    [Test]
    public void Batch_that_was_refused_for_another_reason_is_not_halved() =>
        Assert.That(BatchSize.Largest.After(CrmFailure.Invalid, 50).Limit, Is.EqualTo(50));

    [Test]
    public void Batch_grows_again_while_the_CRM_keeps_up_and_never_beyond_what_the_vendor_recommends()
    {
        var size = BatchSize.Largest.After(CrmFailure.GatewayTimeout, 50);
        for (var batch = 0; batch < 100; batch++)
        {
            size = size.AfterAccepted();
        }

        Assert.That(size.Limit, Is.EqualTo(BatchSize.Largest.Limit));
    }
}
