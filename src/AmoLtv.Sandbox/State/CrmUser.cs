namespace AmoLtv.Sandbox.State;

/// <summary>A user of the account.</summary>
/// <param name="SeesOnlyOwn">True: sees only entities he is responsible for.</param>
public sealed record CrmUser(long Id, string Name, string Email, bool IsAdmin, bool IsActive = true, bool SeesOnlyOwn = false);
