using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Answers a card to a user who may see it: all of it in one answer, unless the one who asks has it.</summary>
public sealed class CardReader(CardStore cards, RememberedCards remembered, CardLeadStore leads, CardAccess access)
{
    private const int MostLeads = 50;

    /// <param name="known">Version of the card that the one who asks has, null where he has none.</param>
    public async Task<Results<Ok<CardAnswer>, UnchangedCard, ProblemHttpResult>> ReadAsync(
        Caller caller, EntityType entity, long id, string? known, CancellationToken cancellationToken)
    {
        var (found, refusal) = await access.FindAsync(caller, entity, id, cancellationToken);
        if (found is not { } customer)
        {
            return refusal!;
        }

        var version = await cards.VersionAsync(caller, customer, cancellationToken);
        if (known == version)
        {
            return new UnchangedCard(version);
        }

        return TypedResults.Ok(remembered.Find(caller, version) ?? await ComposeAsync(caller, customer, cancellationToken));
    }

    /// <summary>The leads of a card beyond those that came with it, at most fifty.</summary>
    public async Task<Results<Ok<LeadsPage>, ProblemHttpResult>> ReadLeadsAsync(
        Caller caller, EntityType entity, long id, bool isCounted, int skip, CancellationToken cancellationToken)
    {
        var (found, refusal) = await access.FindAsync(caller, entity, id, cancellationToken);
        if (found is not { } customer)
        {
            return refusal!;
        }

        var rows = await leads.PageAsync(caller.Account, customer, isCounted, Math.Max(0, skip), MostLeads, cancellationToken);
        return TypedResults.Ok(CardComposition.PageOf(rows));
    }

    private async Task<CardAnswer> ComposeAsync(Caller caller, CardCustomer customer, CancellationToken cancellationToken)
    {
        var card = await cards.ReadAsync(caller, customer, cancellationToken);
        var answer = CardComposition.Compose(card.Version, customer, card.Row, card.Detail, card.Settings, caller.IsAnalyst);
        remembered.Keep(caller, answer);
        return answer;
    }
}
