namespace AmoLtv.Host.Analytics.Products;

/// <summary>Whether there is something to tell of products, and if not why.</summary>
internal enum ProductsState
{
    /// <summary>The account's lists were not read yet.</summary>
    NotRead,

    /// <summary>The account has no list of goods.</summary>
    NoCatalog,

    /// <summary>The CRM does not show the lists: the plan, or a right that is missing.</summary>
    Refused,

    /// <summary>There is a list, and no purchase has a product of it.</summary>
    NotLinked,

    Found,
}
