namespace AmoLtv.Host.Installing;

/// <summary>What keeps a grant from its work though its tokens are good.</summary>
public enum Hindrance
{
    /// <summary>The user who gave the grant is no administrator any more: lists would silently be narrower.</summary>
    Rights,

    /// <summary>402: the account is not paid, or closed.</summary>
    Unpaid,

    /// <summary>403 with a page in place of the API's answer: the address of this server, or the account, is blocked.</summary>
    Blocked,

    /// <summary>The CRM cannot be reached or has trouble of its own. Work goes on trying.</summary>
    Unreachable,
}
