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
        if (!isListNewer)
        {
            return DecideNow(standing, vouching);
        }

        return standing.IsListedAdmin is { } isAdmin ? RoleOf(isAdmin, standing) : null;
    }

    /// <summary>Where the CRM vouches for the user this very moment: no list is newer.</summary>
    public static Role DecideNow(CallerStanding standing, CrmVouching vouching) =>
        RoleOf(vouching.IsAdmin ?? standing.IsListedAdmin ?? false, standing);

    private static Role RoleOf(bool isAdmin, CallerStanding standing) =>
        isAdmin ? Role.Admin : standing.IsViewer ? Role.Analyst : Role.Member;
}
