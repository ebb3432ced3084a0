namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>A purchase or credit note as the cohort table sees it.</summary>
/// <param name="Customer">Any number that names the customer.</param>
/// <param name="Date">Day of the purchase in the account's time zone.</param>
/// <param name="Amount">Its amount on the account's basis; may be negative.</param>
/// <param name="IsCreditNote">Takes off money, is no purchase: it makes nobody active, nor a customer.</param>
public readonly record struct CohortPurchase(long Customer, DateOnly Date, decimal Amount, bool IsCreditNote = false);
