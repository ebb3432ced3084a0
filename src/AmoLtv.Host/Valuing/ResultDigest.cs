using System.Numerics;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Sixty-four bits of a result: two results with the same are the same, so that comparing a whole base reads one number a row.
/// The same on every machine and in every process. Segments and bridge are not in it: they are compared and made by themselves.
/// </summary>
internal struct ResultDigest
{
    /// <summary>Raised whenever a formula changes or a column is added: every result is made anew then, those of large bases too.</summary>
    public const int RulesVersion = 2;

    private ulong _state;

    public static long Of(CustomerValuation value)
    {
        var digest = new ResultDigest { _state = RulesVersion };
        digest.AddSums(value);
        digest.AddRelationship(value.Relationship);
        digest.AddPrediction(value.Prediction);
        digest.Add(value.Channel);
        digest.Add(value.Cac);
        digest.Add(value.LtvToCac);
        digest.Add(value.PaybackMonths ?? -1);
        return (long)digest._state;
    }

    private void AddSums(CustomerValuation value)
    {
        Add(value.Purchases);
        Add(value.Revenue);
        Add(value.CreditNotes);
        Add(value.Margin);
        Add(value.EstimatedCosts);
        Add(value.HistoricalLtv);
        Add(value.AverageOrderValue);
        Add(value.PurchasesPerYear);
        Add(value.LifetimeYears);
        Add(value.FormulaLtv);
        Add(value.Ltv);
        Add((int)value.LtvKind);
        Add(value.Headline.IsFloored ? 1 : 0);
        Add(value.NoFormulaReason is { } reason ? (int)reason : -1);
    }

    private void AddRelationship(Relationship? relationship)
    {
        Add(relationship is null ? -1 : 1);
        if (relationship is { } known)
        {
            Add(known.First.DayNumber);
            Add(known.Last.DayNumber);
            Add(known.Months);
            Add(known.Gap.Days);
            Add((int)known.Gap.Source);
            Add(known.IsLost ? 1 : 0);
        }
    }

    private void AddPrediction(CustomerPrediction? prediction)
    {
        Add(prediction is null ? -1 : 1);
        if (prediction is not null)
        {
            Add(prediction.Purchases);
            Add(prediction.PurchasesLow);
            Add(prediction.PurchasesHigh);
            Add(prediction.RepeatProbability);
            Add(prediction.Value);
            Add(prediction.ValueLow);
            Add(prediction.ValueHigh);
            Add(prediction.ValueProbability);
            Add((prediction.IsNoPurchaseLikely ? 2 : 0) + (prediction.IsNoValueLikely ? 1 : 0));
            Add(prediction.NextPurchase?.DayNumber ?? -1);
        }
    }

    private void Add(decimal? amount)
    {
        Span<int> bits = stackalloc int[4];

        // Kopecks, so that 1.5 and 1.50 are the same amount.
        decimal.GetBits(decimal.Truncate((amount ?? decimal.MinValue / 100) * 100), bits);
        Add(((long)bits[1] << 32) | (uint)bits[0]);
        Add(((long)bits[3] << 32) | (uint)bits[2]);
    }

    private void Add(double? number) => Add(number is { } known ? BitConverter.DoubleToInt64Bits(known) : long.MinValue);

    private void Add(string? text)
    {
        Add(text?.Length ?? -1);
        foreach (var character in text ?? "")
        {
            Add(character);
        }
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over state and word.
    private void Add(long word)
    {
        var mixed = BitOperations.RotateLeft(_state, 5) ^ ((ulong)word + 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        _state = mixed ^ (mixed >> 31);
    }
}
