using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Cards;

/// <summary>The user of an account who opened a card, as the CRM's token vouches.</summary>
/// <param name="BaseAddress">Of the account; its origin is the one a browser may call from.</param>
public sealed record Caller(AccountId Account, UserId User, Uri BaseAddress);
