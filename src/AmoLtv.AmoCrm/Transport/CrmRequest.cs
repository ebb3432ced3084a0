using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>One call.</summary>
/// <param name="What">In words, for errors: "Reading leads".</param>
/// <param name="Path">Below the account's address, for example <c>api/v4/leads</c>.</param>
/// <param name="ContextUser">The user in whose name, with whose rights, the call is made (works with an admin's grant).</param>
/// <param name="ReadsProblem">True where a 400 with a JSON body is an answer to be read, not a failure.</param>
internal sealed record CrmRequest(
    string What,
    HttpMethod Method,
    string Path,
    IReadOnlyList<(string Name, string Value)> Query,
    byte[]? Body = null,
    UserId? ContextUser = null,
    bool ReadsProblem = false)
{
    public static CrmRequest Get(string what, string path, params (string Name, string Value)[] query) =>
        new(what, HttpMethod.Get, path, query);
}
