using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Syncing;

/// <summary>The account itself and its short lists, each whole.</summary>
internal sealed record AccountLists(
    CrmAccount Account,
    IReadOnlyList<CrmPipeline> Pipelines,
    IReadOnlyList<CrmUser> Users,
    IReadOnlyList<CrmLossReason> LossReasons,
    IReadOnlyDictionary<EntityType, IReadOnlyList<CrmCustomField>> Fields);
