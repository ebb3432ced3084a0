using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Installing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Whose numbers a card shows, to a user who may see them.</summary>
public sealed class CardAccess(CardStore cards, AccessGate gate, CrmConnections connections)
{
    /// <returns>The customer, or why this user gets no numbers.</returns>
    public async Task<(CardCustomer? Customer, ProblemHttpResult? Refusal)> FindAsync(
        Caller caller, EntityType entity, long id, CancellationToken cancellationToken)
    {
        Task<AmoCrmClient>? opened = null;
        Task<AmoCrmClient> Connect() => opened ??= connections.OpenAsync(caller.Account, cancellationToken);
        try
        {
            if (await RefusalAsync(caller, entity, id, Connect, cancellationToken) is { } refused)
            {
                return (null, refused);
            }

            if (await CustomerAsync(caller, entity, id, Connect, cancellationToken) is not { } customer)
            {
                return (null, CardProblem.NoCustomer());
            }

            // A user may see a lead and not its company: the numbers are the company's, so that is asked too.
            var isAnother = customer.Entity != entity;
            var hidden = isAnother ? await RefusalAsync(caller, customer.Entity, customer.Id, Connect, cancellationToken) : null;
            return hidden is null ? (customer, null) : (null, hidden);
        }
        catch (ConnectionLostException lost)
        {
            return (null, CardProblem.ConnectionLost(lost.Message));
        }
        catch (CrmException)
        {
            return (null, CardProblem.CrmUnavailable());
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
}
