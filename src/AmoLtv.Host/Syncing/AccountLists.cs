using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Syncing;

/// <summary>The account itself and its short lists, each whole.</summary>
/// <param name="AskedAt">Before the CRM was asked, by our clock: whoever it vouches for later is newer than the list of users.</param>
internal sealed record AccountLists(
    DateTimeOffset AskedAt,
    CrmAccount Account,
    IReadOnlyList<CrmPipeline> Pipelines,
    IReadOnlyList<CrmUser> Users,
    IReadOnlyList<CrmLossReason> LossReasons,
    IReadOnlyDictionary<EntityType, IReadOnlyList<CrmCustomField>> Fields);
