using System.Dynamic;
using System.Linq.Expressions;

namespace MultiCluster.Objects.Paths;

/// <summary>
/// Makes a path a member: <c>Select-Object spec.nodeName</c>, <c>$pod.'spec.containers.image'</c>. PowerShell asks so for names that an
/// object has no member of, and only then; a plain name is found as ever (docs/decisions/dotted-paths.md).
/// </summary>
internal sealed class PathMetaObject(Expression expression, object value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
    {
        if (PropertyPath.Parse(binder.Name) is not { } path)
            return base.BindGetMember(binder);
        var other = base.BindGetMember(binder);
        var found = Expression.Call(typeof(PathWalk), nameof(PathWalk.Get), null, Expression.Convert(Expression, typeof(object)), Expression.Constant(path));
        return new(Expression.Coalesce(found, other.Expression), other.Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType)));
    }
}
