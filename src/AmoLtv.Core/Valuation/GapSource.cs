namespace AmoLtv.Core.Valuation;

/// <summary>Where a typical gap comes from.</summary>
public enum GapSource
{
    /// <summary>The customer's own purchases, on at least three days.</summary>
    Own = 0,

    /// <summary>The account's clients.</summary>
    Account = 1,

    /// <summary>Nobody bought on three days yet.</summary>
    Assumed = 2,
}
