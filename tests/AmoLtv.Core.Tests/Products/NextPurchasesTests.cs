using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;

namespace AmoLtv.Core.Tests.Products;

[TestFixture]
public sealed class NextPurchasesTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly ProductId Machine = new(1, 1);
    private static readonly ProductId Service = new(1, 2);
    private static readonly ProductId Cable = new(1, 3);

    private readonly List<ProductHolding> _holdings = [];
    private int _clients;

    [SetUp]
    public void Forget()
    {
        _holdings.Clear();
        _clients = 0;
    }

    [Test]
    public void Rule_counts_who_came_later_among_those_who_had_it_not()
    {
        // 40 bought a machine: 20 service later, 4 had service before, 3 bought it the same day, 13 never did. 60 bought cable, 6 of them service later.
        Buy(20, (Machine, 0), (Service, 10));
        Buy(4, (Service, 0), (Machine, 10));
        Buy(3, (Machine, 0), (Service, 0));
        Buy(13, (Machine, 0));
        Buy(6, (Cable, 0), (Service, 5));
        Buy(54, (Cable, 0));

        var report = NextPurchases.Of(_holdings);

        var rule = report.Found.Single();
        Assert.Multiple(() =>
        {
            Assert.That(report.Refusal, Is.Null);
            Assert.That((rule.After, rule.Product), Is.EqualTo((Machine, Service)));
            Assert.That((rule.Clients, rule.Followers, rule.Candidates), Is.EqualTo((33, 20, 13)));
            Assert.That(rule.Share.Share, Is.EqualTo(20.0 / 33).Within(1e-12));
            // Of 100 clients, 7 began with service; 26 of the other 93 came to it later.
            Assert.That(rule.Usual, Is.EqualTo(26.0 / 93).Within(1e-12));
            Assert.That(rule.Lift, Is.EqualTo(20.0 / 33 / (26.0 / 93)).Within(1e-12));
            Assert.That(report.Compared, Is.EqualTo(2), "Machine then service, cable then service; service then machine has seven clients alone.");
        });
    }

    [Test]
    public void What_goes_as_everywhere_is_no_rule()
    {
        // Service comes to half of the clients whatever they began with.
        Buy(50, (Machine, 0), (Service, 10));
        Buy(50, (Machine, 0));
        Buy(50, (Cable, 0), (Service, 10));
        Buy(50, (Cable, 0));

        var report = NextPurchases.Of(_holdings);

        Assert.That(report.Refusal, Is.Null);
        Assert.That(report.Compared, Is.EqualTo(2));
        Assert.That(report.Found, Is.Empty);
    }

    [Test]
    public void Few_followers_are_no_rule_though_the_share_is_high()
    {
        Buy(4, (Machine, 0), (Service, 10));
        Buy(16, (Machine, 0));
        Buy(1000, (Cable, 0));
        Buy(20, (Cable, 0), (Machine, 10));

        Assert.That(NextPurchases.Of(_holdings).Found.Select(rule => rule.Product), Does.Not.Contain(Service));
    }

    [Test]
    public void Bundle_of_one_day_is_no_next_purchase()
    {
        Buy(200, (Machine, 0), (Service, 0));
        Buy(200, (Cable, 0), (Machine, 20));

        Assert.That(NextPurchases.Of(_holdings).Found.Select(rule => (rule.After, rule.Product)), Does.Not.Contain((Machine, Service)));
    }

    [Test]
    public void Small_base_is_refused_with_what_is_missing()
    {
        Assert.That(NextPurchases.Of([]).Refusal, Is.EqualTo(new NextPurchaseRefusal(NextPurchaseRefusalReason.TooFewClients, 0, 30)));

        Buy(29, (Machine, 0), (Service, 10));
        Assert.That(NextPurchases.Of(_holdings).Refusal, Is.EqualTo(new NextPurchaseRefusal(NextPurchaseRefusalReason.TooFewClients, 29, 30)));
    }

    [Test]
    public void Base_that_never_comes_back_for_something_else_is_refused()
    {
        Buy(500, (Machine, 0));
        Buy(9, (Machine, 0), (Service, 10));

        Assert.That(NextPurchases.Of(_holdings).Refusal, Is.EqualTo(new NextPurchaseRefusal(NextPurchaseRefusalReason.TooFewReturns, 9, 10)));
    }

    [Test]
    public void Base_scattered_over_many_products_is_refused()
    {
        for (var product = 0; product < 40; product++)
        {
            Buy(1, (new ProductId(2, product), 0), (new ProductId(3, product), 10));
        }

        Assert.That(NextPurchases.Of(_holdings).Refusal, Is.EqualTo(new NextPurchaseRefusal(NextPurchaseRefusalReason.TooFewBuyers, 1, 20)));
    }

    [Test]
    public void Order_of_what_is_given_does_not_matter()
    {
        Buy(20, (Machine, 0), (Service, 10));
        Buy(30, (Machine, 0));
        Buy(60, (Cable, 0));
        var report = NextPurchases.Of(_holdings);

        _holdings.Reverse();

        Assert.That(NextPurchases.Of(_holdings).Found, Is.EqualTo(report.Found).And.Not.Empty);
    }

    [Test]
    public void Candidates_are_those_who_have_the_first_and_not_the_second()
    {
        Buy(3, (Machine, 0));
        Buy(2, (Machine, 0), (Service, 9));
        Buy(1, (Service, 0));

        Assert.That(
            NextPurchases.CandidatesOf(_holdings, [(Machine, Service), (Service, Machine), (Cable, Machine), (Machine, Cable)]), Is.EqualTo([3, 1, 0, 5]));
    }

    [Test]
    public void Candidates_of_a_rule_are_the_same_counted_either_way()
    {
        Buy(20, (Machine, 0), (Service, 10));
        Buy(7, (Service, 0), (Machine, 10));
        Buy(30, (Machine, 0));
        Buy(60, (Cable, 0));
        var rule = NextPurchases.Of(_holdings).Found.Single(one => one.After == Machine);

        Assert.That(NextPurchases.CandidatesOf(_holdings, [(rule.After, rule.Product)]).Single(), Is.EqualTo(rule.Candidates));
    }

    private void Buy(int clients, params (ProductId Product, int Day)[] bought)
    {
        for (var number = 0; number < clients; number++, _clients++)
        {
            _holdings.AddRange(bought.Select(one => new ProductHolding(_clients, one.Product, 1, 1, 1, 10, 0, Day.AddDays(one.Day), Day.AddDays(one.Day))));
        }
    }
}
