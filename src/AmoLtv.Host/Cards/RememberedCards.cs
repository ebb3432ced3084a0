using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.Extensions.Caching.Memory;

namespace AmoLtv.Host.Cards;

/// <summary>
/// Cards as they were answered last, by what they stand for: nothing a card shows has changed while its version is the same, so that
/// whoever opens it next is spared six lookups. A card with a user's own remark is given to that user alone: the remark is read after the
/// version, so that one written in between stands on a card whose version has none. Safe for any number of callers.
/// </summary>
public sealed class RememberedCards : IDisposable
{
    /// <summary>About ten kilobytes each.</summary>
    private const int Most = 2_000;

    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _cards = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>Null where no card of this version was answered lately.</returns>
    public CardAnswer? Find(Caller caller, string version) =>
        _cards.Get<CardAnswer>(KeyOf(caller, version, isOwn: false)) ?? _cards.Get<CardAnswer>(KeyOf(caller, version, isOwn: true));

    public void Keep(Caller caller, CardAnswer card) => _cards.Set(KeyOf(caller, card.Version, isOwn: card.Remark is not null), card, Entry);

    public void Dispose() => _cards.Dispose();

    private static (AccountId Account, string Version, UserId? Only) KeyOf(Caller caller, string version, bool isOwn) =>
        (caller.Account, version, isOwn ? caller.User : null);
}
