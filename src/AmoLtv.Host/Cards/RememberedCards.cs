using AmoLtv.Core.Identity;
using Microsoft.Extensions.Caching.Memory;

namespace AmoLtv.Host.Cards;

/// <summary>
/// Cards as they were answered last, by what they stand for: nothing a card shows has changed while its version is the same, so that
/// whoever opens it next is spared six lookups. Safe for any number of callers.
/// </summary>
public sealed class RememberedCards : IDisposable
{
    /// <summary>About ten kilobytes each.</summary>
    private const int Most = 2_000;

    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _cards = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>Null where no card of this version was answered lately.</returns>
    public CardAnswer? Find(AccountId account, string version) => _cards.Get<CardAnswer>((account, version));

    public void Keep(AccountId account, CardAnswer card) => _cards.Set((account, card.Version), card, Entry);

    public void Dispose() => _cards.Dispose();
}
