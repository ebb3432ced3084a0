namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>What is so of the folder of keys.</summary>
/// <param name="Keys">Files of keys in it.</param>
/// <param name="Unprotected">Of those, keys that no certificate protects.</param>
/// <param name="IsOpenToAll">Whether any user of the machine may read it.</param>
/// <param name="IsInDatabase">Whether it lies inside a folder of PostgreSQL's, and so in each copy of it.</param>
internal sealed record KeyFolderFacts(string Folder, int Keys, int Unprotected, bool IsWritable, bool IsOpenToAll, bool IsInDatabase);
