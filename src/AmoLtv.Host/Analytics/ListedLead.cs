using System.Runtime.InteropServices;
using AmoLtv.Host.Database;

namespace AmoLtv.Host.Analytics;

/// <summary>A row of <c>analysed_leads</c>: a purchase of the last twelve months, or a lead lost in them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListedLead(
    bool IsWon, long Lead, DateOnly Day, decimal? Amount, decimal? Value, short? Scope, long? Customer, long? Responsible, long? Pipeline, long? Status,
    long? LossReason)
{
    public const int Columns = 13;

    public string List => IsWon ? "won" : "lost";

    public static ListedLead Of(AnalysedPurchase purchase, AnalysedClient client) => new(
        IsWon: true, purchase.Lead.Value, purchase.Day, purchase.Amount, Core.Valuation.Money.Round(purchase.Value), (short)client.Key.Scope, client.Key.Id,
        purchase.Responsible?.Value, purchase.Pipeline?.Value, Status: null, LossReason: null);

    public static ListedLead Of(AnalysedLostLead lost) => new(
        IsWon: false, lost.Lead.Lead.Value, lost.Day, lost.Lead.Amount, Value: null, (short?)lost.Lead.Client?.Scope, lost.Lead.Client?.Id,
        lost.Responsible?.Value, lost.Lead.LostFrom?.Pipeline.Value, lost.Lead.LostFrom?.Status.Value, lost.Lead.LossReason);

    public long Digest()
    {
        var digest = new RowDigest();
        digest.Add((DateOnly?)Day);
        digest.Add(Amount);
        digest.Add(Value);
        digest.Add((long?)Scope);
        digest.Add(Customer);
        digest.Add(Responsible);
        digest.Add(Pipeline);
        digest.Add(Status);
        digest.Add(LossReason);
        return digest.Value;
    }

    public void Write(CopyRowWriter row, long account)
    {
        row.Add((long?)account);
        row.Add(List);
        row.Add((long?)Lead);
        row.Add((DateOnly?)Day);
        row.Add(Amount);
        row.Add(Value);
        row.Add(Scope);
        row.Add(Customer);
        row.Add(Responsible);
        row.Add(Pipeline);
        row.Add(Status);
        row.Add(LossReason);
        row.Add((long?)Digest());
    }
}
