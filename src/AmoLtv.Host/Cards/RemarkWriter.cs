using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Takes a user's remark about a number that the user may see.</summary>
public sealed class RemarkWriter(CardAccess access, RemarkStore remarks)
{
    public async Task<Results<Created, ProblemHttpResult>> WriteAsync(
        Caller caller, EntityType entity, long id, NewRemark remark, CancellationToken cancellationToken)
    {
        if (remark.Cleaned() is not { } text)
        {
            return CardProblem.BadRemark();
        }

        var (found, refusal) = await access.FindAsync(caller, entity, id, cancellationToken);
        if (found is not { } customer)
        {
            return refusal!;
        }

        return await remarks.AddAsync(caller, customer, text, cancellationToken) ? TypedResults.Created() : CardProblem.TooManyRemarks();
    }
}
