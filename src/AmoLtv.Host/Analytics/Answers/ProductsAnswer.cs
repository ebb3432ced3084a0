using AmoLtv.Host.Analytics.Products;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What clients buy and what to offer them next.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Document">What was found; about own clients without the pairs it was found by.</param>
/// <param name="Offers">The surest first; of own clients those that concern one.</param>
/// <param name="Names">By <c>list:element</c>.</param>
internal sealed record ProductsAnswer(
    AnalysisStamp Stamp, ProductsDocument Document, IReadOnlyList<ProductOffer> Offers, IReadOnlyDictionary<string, ProductName> Names);
