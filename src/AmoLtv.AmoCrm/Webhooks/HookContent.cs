using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>What the body of a webhook says.</summary>
/// <param name="Account">The account it names; null where it names none.</param>
/// <param name="Marks">The cards it names, each once a kind of change.</param>
/// <param name="IsUnderstood">False where it speaks of cards of ours without saying which.</param>
public sealed record HookContent(AccountId? Account, IReadOnlyList<ChangeMark> Marks, bool IsUnderstood);
