using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>Puts two valuations of the same leads side by side. Pure.</summary>
/// <param name="leads">The leads.</param>
/// <param name="old">By the settings in force.</param>
/// <param name="draft">By the draft.</param>
internal sealed class PreviewComparison(IReadOnlyList<Lead> leads, LeadValuation old, LeadValuation draft)
{
    private const int MostLeads = 30;

    public IReadOnlyList<PreviewClient> Clients()
    {
        var ofClients = leads.GroupBy(OwnerOf).Where(group => group.Key is not null).ToDictionary(group => group.Key!.Value, group => group.ToList());
        var excluded = ofClients
            .Select(pair => (pair.Key, Count: pair.Value.Count(lead => old.Verdicts[lead.Id].Reason is not null)))
            .Where(pair => pair.Count > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Count);
        var basis = old.Clients.Values.Any(client => client.HasBought) ? old : draft;
        return [.. PreviewChoice.Of(basis, excluded).Select(chosen => ClientOf(chosen.Why, chosen.Key, ofClients.GetValueOrDefault(chosen.Key) ?? []))];
    }

    public static PreviewTotals TotalsOf(LeadValuation valued)
    {
        var (account, clients) = (valued.Account, valued.Clients.Values.Where(client => client.HasBought).ToList());
        var withLtv = clients.FindAll(client => client.Ltv is not null);
        var withCac = clients.FindAll(client => client.Cac is not null);
        var ofTiers = clients.ToLookup(client => valued.Segments[client.Key].Tier);
        return new PreviewTotals
        {
            AsOf = account.AsOf,
            Basis = account.Basis,
            Purchases = account.Leads.Purchases,
            CreditNotes = account.Leads.CreditNotes,
            Excluded = account.Leads.Excluded.ToDictionary(pair => EnumText.Of(pair.Key), pair => pair.Value, StringComparer.Ordinal),
            Revenue = account.Leads.Revenue,
            Clients = account.ClientsEver,
            AverageOrderValue = account.AverageOrderValue,
            MeanLtv = withLtv.Count > 0 ? Money.Round(withLtv.Sum(client => client.Ltv!.Value) / withLtv.Count) : null,
            SumLtv = clients.Sum(client => client.Figures.Value),
            Expected = clients.Exists(client => client.Prediction is not null) ? clients.Sum(client => client.Prediction?.Value ?? 0) : null,
            PurchasesPerYear = account.PurchasesPerYear,
            LifetimeYears = account.Lifetime.Years,
            LifetimeSource = account.Lifetime.Source,
            FormulaLtv = account.FormulaLtv,
            CostCoverage = account.CostCoverage,
            MarginPercent = account.MarginPercent,
            MeanCac = withCac.Count > 0 ? Money.Round(withCac.Sum(client => client.Cac!.Value) / withCac.Count) : null,
            ClientsWithCac = withCac.Count,
            Headline = valued.Settings.Headline,
            Tiers = [.. valued.Settings.Tiers.Tiers.Select(tier => new PreviewTier(
                tier.Code, tier.Name, tier.Color, ofTiers[tier.Code].Count(), ofTiers[tier.Code].Sum(client => client.Figures.Value)))],
            Lifecycle = valued.Segments.Values.CountBy(segments => segments.Lifecycle)
                .ToDictionary(pair => EnumText.Of(pair.Key), pair => pair.Value, StringComparer.Ordinal),
        };
    }

    private PreviewClient ClientOf(string why, CustomerKey key, List<Lead> own)
    {
        var rows = own.Select(lead => new PreviewLead(lead.Id.Value, VerdictOf(old, lead), VerdictOf(draft, lead)))
            .OrderByDescending(lead => lead.Old != lead.New)
            .ThenByDescending(lead => lead.New.Day ?? lead.Old.Day)
            .ThenByDescending(lead => lead.Id);
        return new PreviewClient(
            why, key.Scope == CustomerScope.Company ? "company" : "contact", key.Id, Name: null,
            FiguresOf(old, key), FiguresOf(draft, key), [.. rows.Take(MostLeads)], own.Count);
    }

    /// <summary>Whose lead it is where the settings do not say otherwise: excluded ones have an owner too.</summary>
    private CustomerKey? OwnerOf(Lead lead) => old.Settings.Customer switch
    {
        CustomerRule.ContactOnly => Direct(lead),
        CustomerRule.CompanyOnly => Company(lead),
        _ => Company(lead) ?? Direct(lead),
    };

    private static CustomerKey? Company(Lead lead) => lead.Company is { } company ? new CustomerKey(CustomerScope.Company, company.Value) : null;

    private static CustomerKey? Direct(Lead lead) => lead.MainContact is { } contact ? new CustomerKey(CustomerScope.DirectContact, contact.Value) : null;

    private static PreviewVerdict VerdictOf(LeadValuation valued, Lead lead)
    {
        var verdict = valued.Verdicts[lead.Id];
        return new PreviewVerdict(
            EnumText.Of(verdict.Kind), verdict.Reason is { } reason ? EnumText.Of(reason) : null, verdict.Day, verdict.Amount, verdict.Cost);
    }

    private static PreviewFigures? FiguresOf(LeadValuation valued, CustomerKey key)
    {
        if (!valued.Clients.TryGetValue(key, out var client))
        {
            return null;
        }

        var isPlaced = valued.Segments.TryGetValue(key, out var segments);
        return new PreviewFigures
        {
            Ltv = client.Ltv,
            Kind = client.LtvKind,
            IsFloored = client.Headline.IsFloored,
            Bought = client.HistoricalLtv,
            FormulaLtv = client.FormulaLtv,
            Expected = client.Prediction?.Value,
            Purchases = client.Purchases,
            AverageOrderValue = client.AverageOrderValue,
            PurchasesPerYear = client.PurchasesPerYear,
            LifetimeYears = client.LifetimeYears,
            Cac = client.Cac,
            Channel = client.Channel,
            Tier = isPlaced ? segments.Tier : null,
            Lifecycle = isPlaced ? EnumText.Of(segments.Lifecycle) : null,
        };
    }
}
