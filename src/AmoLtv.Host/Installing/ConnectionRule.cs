namespace AmoLtv.Host.Installing;

/// <summary>Reads the state of a connection from what is known of it.</summary>
public static class ConnectionRule
{
    /// <summary>So long before its end a long-lived token is warned of; of a shorter one, a third of its life.</summary>
    public static readonly TimeSpan WarnAhead = TimeSpan.FromDays(30);

    /// <summary>Everything that holds, the worst first. The first one names the state; there is always one.</summary>
    public static IReadOnlyList<ConnectionCondition> Read(ConnectionFacts facts, DateTimeOffset now)
    {
        var conditions = OfAccount(facts).ToList();
        conditions.AddRange(facts.Grants is [var grant, ..] ? OfGrant(grant, now) : [new ConnectionCondition(ConnectionState.NotConnected)]);
        if (!conditions.Exists(condition => condition.State < ConnectionState.Connected))
        {
            conditions.Add(new ConnectionCondition(ConnectionState.Connected, facts.ConnectedAt));
        }

        // A block is one, whoever noticed it: the circuit that stays open or the API that was asked.
        return [.. conditions.OrderBy(condition => condition.State).ThenBy(condition => condition.Since).DistinctBy(condition => condition.State)];
    }

    /// <summary>Whether nights, hooks and writes go on in this state.</summary>
    public static bool IsWorking(ConnectionState state) => state >= ConnectionState.RenewalRefused;

    private static IEnumerable<ConnectionCondition> OfAccount(ConnectionFacts facts)
    {
        if (facts.EraseAt is { } erase)
        {
            yield return new ConnectionCondition(ConnectionState.ErasurePlanned, facts.Grants.Max(grant => grant.LostAt), erase);
        }

        if (facts.Circuit is { } circuit)
        {
            yield return circuit;
        }

        if (facts.IsFilterEnabled == false)
        {
            yield return new ConnectionCondition(ConnectionState.FiltersMissing);
        }

        if (facts.LacksWebhooks)
        {
            yield return new ConnectionCondition(ConnectionState.WebhooksMissing);
        }

        if (facts.IsToldOnlyInCrm)
        {
            yield return new ConnectionCondition(ConnectionState.NoticesOnlyInCrm);
        }

        if (facts.HasSilentWebhooks)
        {
            yield return new ConnectionCondition(ConnectionState.WebhooksSilent);
        }
    }

    private static IEnumerable<ConnectionCondition> OfGrant(ConnectionFacts.GrantFacts grant, DateTimeOffset now)
    {
        if (grant.IsLost)
        {
            yield return new ConnectionCondition(ConnectionState.Lost, grant.LostAt, null, grant.LossReason);
            yield break;
        }

        if (grant.SuspendedAt is { } suspended)
        {
            yield return new ConnectionCondition(ConnectionState.Suspended, suspended);
        }

        if (grant.Hindrance is { } hindrance)
        {
            yield return new ConnectionCondition(Of(hindrance), grant.HinderedAt, null, grant.HindranceWords);
        }

        if (grant.RenewalFailedAt is { } failed)
        {
            var state = grant.RenewalRefused ? ConnectionState.RenewalRefused : ConnectionState.RenewalFailing;
            yield return new ConnectionCondition(state, failed, null, grant.RenewalFailure);
        }

        if (grant.IsLongLived && now >= WarnFrom(grant))
        {
            yield return new ConnectionCondition(ConnectionState.TokenEnding, WarnFrom(grant), grant.ExpiresAt);
        }
    }

    private static DateTimeOffset WarnFrom(ConnectionFacts.GrantFacts grant)
    {
        var third = grant.IssuedAt is { } issued && grant.ExpiresAt > issued ? (grant.ExpiresAt - issued) / 3 : WarnAhead;
        return grant.ExpiresAt - (third < WarnAhead ? third : WarnAhead);
    }

    private static ConnectionState Of(Hindrance hindrance) => hindrance switch
    {
        Hindrance.Rights => ConnectionState.RightsLost,
        Hindrance.Unpaid => ConnectionState.Unpaid,
        Hindrance.Blocked => ConnectionState.Blocked,
        _ => ConnectionState.Unreachable,
    };
}
