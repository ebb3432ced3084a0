using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Accounts;

/// <summary>A stage of a pipeline.</summary>
/// <param name="Kind">0 ordinary, 1 unsorted.</param>
public sealed record CrmStage(StatusId Id, string Name, int Sort, short Kind);
