using System.Text.Json.Nodes;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Every kind of client that a card may have to show, as the account has it or made of its answer.</summary>
internal static class CardKinds
{
    public sealed record Kind(string Name, string Entity, long Id, Action<JsonObject> Change);

    public static async Task<IReadOnlyList<Kind>> AllAsync()
    {
        var (plain, _) = await ValuedCustomers.PlainCompanyAsync();
        var (richest, _) = await ValuedCustomers.CompanyAsync();
        var (floored, _) = await ValuedCustomers.FlooredCompanyAsync();
        var (contact, _) = await ValuedCustomers.ContactAsync();
        var (lead, _) = await ValuedCustomers.LeadAsync();
        return
        [
            new("plain", "companies", plain, _ => { }),
            new("richest, with its cost", "companies", richest, _ => { }),
            new("floored", "companies", floored, _ => { }),
            new("contact", "contacts", contact, _ => { }),
            new("lead", "leads", lead, _ => { }),
            new("new", "companies", await ValuedCustomers.NewCompanyAsync(), _ => { }),
            .. Amended(floored),
        ];
    }

    private static IEnumerable<Kind> Amended(long company)
    {
        Kind Of(string name, Action<JsonObject> change) => new(name, "companies", company, change);
        yield return Of("cost known", card => card["acquisition"] = new JsonObject { ["cac"] = 42_000, ["ltvToCac"] = 6.1, ["paybackMonths"] = 5 });
        yield return Of("assumed lifetime and one purchase", card =>
        {
            card["factors"]!["isLifetimeAssumed"] = true;
            card["bought"]!["purchases"] = 1;
        });
        yield return Of("connection lost", card => card["freshness"]!["connection"] = "lost");
        yield return Of("stale", card => card["freshness"]!["calculatedAt"] = "2026-01-10T03:12:00Z");
        yield return Of("no forecast", card =>
        {
            card["forecast"] = null;
            card["noForecast"] = new JsonObject { ["reason"] = "noUsableMethod", ["have"] = 7, ["need"] = 10 };
        });
        yield return Of("no life-cycle and no tier", card => (card["lifecycle"], card["forecast"], card["tier"]) = (null, null, null));
        yield return Of("nothing or something", card => (card["forecast"]!["orNone"], card["forecast"]!["low"], card["forecast"]!["high"]) = (true, 90_000, 1_200_000));
        yield return Of("margin without VAT", card => (card["basis"], card["vat"]) = ("margin", "excluded"));
        yield return Of("tier of a long name", card => card["tier"]!["name"] = "Клиенты, которых мы никому не отдадим");
        yield return Of("large amounts of a limited period", card =>
        {
            card["ltv"]!["value"] = 987_654_321;
            card["factors"] = new JsonObject { ["averageOrderValue"] = 12_345_678, ["purchasesPerYear"] = 12.25, ["lifetimeYears"] = 4.9, ["isLifetimeAssumed"] = true };
            (card["bought"]!["value"], card["bought"]!["averageOrderValue"], card["bought"]!["periodMonths"]) = (98_765_432, 12_345_678, 36);
        });
        yield return Of("returns reach the purchases", card =>
        {
            (card["ltv"], card["factors"]) = (new JsonObject { ["value"] = null, ["kind"] = "formula", ["isFloored"] = false, ["note"] = "returnsExceedPurchases" }, null);
            (card["bought"]!["averageOrderValue"], card["bought"]!["lastPurchase"]) = (null, null);
        });
        yield return Of("sum of what was bought", card => (card["ltv"]!["kind"], card["ltv"]!["isFloored"]) = ("historical", false));
        yield return Of("long silence, well graded", card =>
        {
            card["lifecycle"] = new JsonObject { ["state"] = "dormant", ["typicalGapDays"] = 150, ["gapSource"] = "account" };
            card["forecast"]!["grade"] = new JsonObject { ["customers"] = 250, ["bought"] = 195 };
        });
    }
}
