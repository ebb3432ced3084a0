using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Accounts;

/// <summary>A user of the account; the name and e-mail are not read.</summary>
public sealed record CrmUser(UserId Id, bool IsAdmin, bool IsActive);
