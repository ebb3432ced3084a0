namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// Whose permitted rate and whose circuit: one integration at one account. The account is known here by its address,
/// since the first calls of an install are made before its number is known.
/// </summary>
/// <param name="BaseAddress">For example <c>https://acme.amocrm.ru</c>.</param>
public sealed record BudgetKey(string ClientId, Uri BaseAddress)
{
    /// <summary>The address as accounts are stored: scheme and authority, no trailing slash.</summary>
    public string Origin => BaseAddress.GetLeftPart(UriPartial.Authority);
}
