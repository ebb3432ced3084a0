namespace AmoLtv.Host.Callers;

/// <summary>
/// Which role a user has: by the CRM's token or by the list of users that was last read, whichever is newer. So a right that was taken
/// away ends with the next reading of the list, and at the latest when the session asks the CRM's token again.
/// </summary>
public static class RoleRule
{
    /// <returns>Null where the user is no longer one of the account's.</returns>
    public static Role? Decide(CallerStanding standing, CrmVouching vouching)
    {
        var isListNewer = standing.HasList && standing.ListedAt > vouching.At;
        if (isListNewer && standing.IsListedAdmin is null)
        {
            return null;
        }

        var isAdmin = isListNewer ? standing.IsListedAdmin : vouching.IsAdmin ?? standing.IsListedAdmin;
        return isAdmin == true ? Role.Admin : standing.IsViewer ? Role.Analyst : Role.Member;
    }
}
