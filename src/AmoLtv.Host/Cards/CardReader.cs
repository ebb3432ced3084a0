using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>
/// Answers a card: first whether the user may see it, then whose numbers it shows, then the numbers, unless the one who asks has them.
/// </summary>
public sealed class CardReader(CardStore cards, AccessGate gate, CrmConnections connections, SettingsStore settings)
{
    /// <param name="known">Version of the card that the one who asks has, null where he has none.</param>
    public async Task<Results<Ok<CardAnswer>, UnchangedCard, ProblemHttpResult>> ReadAsync(
        Caller caller, EntityType entity, long id, string? known, CancellationToken cancellationToken)
    {
        Task<AmoCrmClient>? opened = null;
        Task<AmoCrmClient> Connect() => opened ??= connections.OpenAsync(caller.Account, cancellationToken);
        try
        {
            if (await RefusalAsync(caller, entity, id, Connect, cancellationToken) is { } refused)
            {
                return refused;
            }

            if (await CustomerAsync(caller, entity, id, Connect, cancellationToken) is not { } customer)
            {
                return CardProblem.NoCustomer();
            }

            // A user may see a lead and not its company: the numbers are the company's, so that is asked too.
            var isAnother = customer.Entity != entity;
            if (isAnother && await RefusalAsync(caller, customer.Entity, customer.Id, Connect, cancellationToken) is { } hidden)
            {
                return hidden;
            }

            var version = await cards.VersionAsync(caller.Account, customer, cancellationToken);
            return version == known ? new UnchangedCard(version) : await AnswerAsync(caller, customer, version, cancellationToken);
        }
        catch (ConnectionLostException lost)
        {
            return CardProblem.ConnectionLost(lost.Message);
        }
        catch (CrmException)
        {
            return CardProblem.CrmUnavailable();
        }
    }

    private async Task<ProblemHttpResult?> RefusalAsync(
        Caller caller, EntityType entity, long id, Func<Task<AmoCrmClient>> connect, CancellationToken cancellationToken) =>
        await gate.DecideAsync(caller, entity, id, connect, cancellationToken) switch
        {
            AccessDecision.Allowed => null,
            AccessDecision.Refused => CardProblem.NoAccess(),
            _ => CardProblem.CrmUnavailable(),
        };

    private async Task<CardCustomer?> CustomerAsync(
        Caller caller, EntityType entity, long id, Func<Task<AmoCrmClient>> connect, CancellationToken cancellationToken)
    {
        if (entity != EntityType.Lead)
        {
            return new CardCustomer(entity, id);
        }

        if (await cards.FindLeadAsync(caller.Account, id, cancellationToken) is { } stored
            && CardCustomer.OfLead(stored.Company, stored.MainContact) is { } known)
        {
            return known;
        }

        // A lead of today, or one that got its company today: last night does not know it.
        var crm = await connect();
        var lead = await crm.GetLeadAsync(new LeadId(id), new HashSet<FieldId>(), caller.User, cancellationToken);
        return CardCustomer.OfLead(lead?.Company?.Value, lead?.MainContact?.Value);
    }

    private async Task<Ok<CardAnswer>> AnswerAsync(Caller caller, CardCustomer customer, string version, CancellationToken cancellationToken)
    {
        var row = await cards.ReadAsync(caller.Account, customer, cancellationToken);
        var saved = await settings.GetAsync(caller.Account, cancellationToken);
        return TypedResults.Ok(CardComposition.Compose(version, customer, row, saved.Settings));
    }
}
