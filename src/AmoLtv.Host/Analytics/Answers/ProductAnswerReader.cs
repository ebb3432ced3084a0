using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;
using AmoLtv.Host.Analytics.Products;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Puts the answer about products together from what was stored; null where the account was not analysed yet.</summary>
internal sealed class ProductAnswerReader(DocumentReader documents, OwnProductStore owned, ProductNameStore names)
{
    public async Task<ProductsAnswer?> ReadAsync(AccountId account, UserId? own, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadAsync(account, [AnalysisKinds.Overview, AnalysisKinds.Products], cancellationToken);
        if (AnswerReader.StampOf(stored, own) is not { } stamp || !stored.TryGetValue(AnalysisKinds.Products, out var kept))
        {
            return null;
        }

        var whole = kept.Read<ProductsDocument>();
        var (document, offers) = own is { } user
            ? await OwnAsync(account, user, whole, cancellationToken)
            : (whole, [.. whole.Next.Found.Select(pair => new ProductOffer(pair.After, pair.Product, pair.Candidates, pair))]);
        var named = document.Products.Select(product => product.Product).Concat(offers.SelectMany(offer => new[] { offer.After, offer.Product }));
        return new ProductsAnswer(stamp, document, offers, await names.ReadAsync(account, [.. named.Distinct()], cancellationToken));
    }

    /// <summary>Figures of a user's own clients; what goes after what was learnt from all of them, and its counts stay with who may see all.</summary>
    private async Task<(ProductsDocument Document, IReadOnlyList<ProductOffer> Offers)> OwnAsync(
        AccountId account, UserId user, ProductsDocument whole, CancellationToken cancellationToken)
    {
        var (values, holdings) = await owned.ReadAsync(account, user, cancellationToken);
        var candidates = NextPurchases.CandidatesOf(holdings, [.. whole.Next.Found.Select(pair => (pair.After, pair.Product))]);
        var document = ProductsDocument.Of(
            whole.State, values, holdings, holdings.Select(holding => holding.Client).Distinct().Count(), cover: null,
            new NextPurchaseReport(whole.Next.Refusal is { } refusal ? refusal with { Have = null } : null, 0, []));
        return (
            document,
            [
                .. whole.Next.Found.Zip(candidates, (pair, count) => new ProductOffer(pair.After, pair.Product, count, Evidence: null))
                    .Where(offer => offer.Candidates > 0),
            ]);
    }
}
