using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.Extensions.Caching.Memory;

namespace AmoLtv.Host.Cards;

/// <summary>
/// May this user see this card? The CRM decides, asked in the user's own name on the interactive lane. A yes is believed
/// for ten minutes, a no for half a minute, and a failure to ask is a no that is not remembered.
/// </summary>
public sealed partial class AccessGate(IMemoryCache decisions, ILogger<AccessGate> logger)
{
    public static readonly TimeSpan AllowedFor = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    public async Task<AccessDecision> DecideAsync(
        Caller caller, EntityType entity, long id, Func<Task<AmoCrmClient>> connect, CancellationToken cancellationToken)
    {
        var key = (caller.Account, caller.User, entity, id);
        if (decisions.TryGetValue(key, out AccessDecision known))
        {
            return known;
        }

        try
        {
            var crm = await connect();
            var canSee = await crm.CanSeeAsync(entity, id, caller.User, cancellationToken);
            return decisions.Set(
                key,
                canSee ? AccessDecision.Allowed : AccessDecision.Refused,
                new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = canSee ? AllowedFor : RefusedFor, Size = 1 });
        }
        catch (CrmException failure)
        {
            Log.NotDecided(logger, caller.Account, caller.User, entity, id, failure.Message);
            return AccessDecision.Unknown;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM did not say whether user {User} may see {Entity} {Id}; refused. {Failure}")]
        public static partial void NotDecided(ILogger logger, AccountId account, UserId user, EntityType entity, long id, string failure);
    }
}
