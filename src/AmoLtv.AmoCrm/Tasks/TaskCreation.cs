namespace AmoLtv.AmoCrm.Tasks;

/// <summary>What became of a batch of new tasks.</summary>
/// <param name="Created">Numbers of the created ones by request id.</param>
/// <param name="Errors">
/// The CRM's words by request id; an empty key where the answer names no element. Whether the others of such a batch were
/// created is not documented: look for them before creating them again.
/// </param>
public sealed record TaskCreation(IReadOnlyDictionary<string, long> Created, IReadOnlyDictionary<string, string> Errors);
