namespace AmoLtv.AmoCrm.Entities;

/// <summary>What leads, companies and contacts have in common for a scan in order of id.</summary>
public interface ICrmRow
{
    /// <summary>The id as a plain number, comparable within its kind of entity.</summary>
    long Key { get; }

    /// <summary>True for a row in the trash; all else about such a row may be missing.</summary>
    bool IsDeleted { get; }

    /// <summary>What the CRM gave and nobody can have meant, in words; it is then left empty. Null where all is well.</summary>
    string? Doubt => null;
}
