using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>Reads one method: what it does that the audio thread must not, and what it calls.</summary>
internal sealed class Body(CallGraph graph, ISymbol owner) : OperationWalker
{
    public void Scan(ImmutableArray<IOperation> blocks)
    {
        if (owner is IMethodSymbol method)
        {
            Location place = method.Locations[0];
            if (method.IsAsync)
                Find(Rules.Async, place, $"\"async {method.Name}\"");
            if ((method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0)
                Find(Rules.Wait, place, $"\"{method.Name}\", which is synchronized,");
        }

        foreach (IOperation block in blocks)
            Visit(block);
    }

    public override void VisitThrow(IThrowOperation operation) => Find(Rules.Throw, operation);

    // It is data of the assembly, not code of the method.
    public override void VisitAttribute(IAttributeOperation operation)
    {
    }

    public override void VisitReturn(IReturnOperation operation)
    {
        if (operation.Kind is OperationKind.YieldReturn)
            Find(Rules.Allocation, operation, "The iterator with \"yield return\"");
        base.VisitReturn(operation);
    }

    public override void VisitLock(ILockOperation operation)
    {
        Find(Rules.Wait, operation.LockedValue, "lock");
        base.VisitLock(operation);
    }

    public override void VisitAwait(IAwaitOperation operation)
    {
        Find(Rules.Async, operation);
        base.VisitAwait(operation);
    }

    public override void VisitInvocation(IInvocationOperation operation)
    {
        if (Forbidden.IsForDebugging(operation.TargetMethod))
            return;
        Call(operation.TargetMethod, operation);
        base.VisitInvocation(operation);
    }

    public override void VisitPropertyReference(IPropertyReferenceOperation operation)
    {
        (bool read, bool written) = operation.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == operation => (false, true),
            IAssignmentOperation assignment when assignment.Target == operation => (true, true),
            IIncrementOrDecrementOperation => (true, true),
            _ => (true, operation.Property.ReturnsByRef),
        };
        if (read && operation.Property.GetMethod is { } getter)
            Call(getter, operation);
        if (written && operation.Property.SetMethod is { } setter)
            Call(setter, operation);
        base.VisitPropertyReference(operation);
    }

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Type?.IsReferenceType == true)
        {
            Find(Forbidden.IsThread(operation.Type) ? Rules.Async : Rules.Allocation, operation);
        }
        else if (operation.Constructor is { } constructor)
        {
            graph.AddCall(owner, constructor);
            graph.AddCall(owner, constructor.ContainingType);
        }

        base.VisitObjectCreation(operation);
    }

    public override void VisitTypeParameterObjectCreation(ITypeParameterObjectCreationOperation operation)
    {
        if (operation.Type?.IsValueType != true)
            Find(Rules.Allocation, operation);
        base.VisitTypeParameterObjectCreation(operation);
    }

    public override void VisitAnonymousObjectCreation(IAnonymousObjectCreationOperation operation)
    {
        Find(Rules.Allocation, operation);
        base.VisitAnonymousObjectCreation(operation);
    }

    public override void VisitArrayCreation(IArrayCreationOperation operation)
    {
        if (!Allocations.IsConstantData(operation))
            Find(Rules.Allocation, operation, operation.IsImplicit ? "The array of \"params\" arguments" : null);
        base.VisitArrayCreation(operation);
    }

    public override void VisitArrayElementReference(IArrayElementReferenceOperation operation)
    {
        // A part of an array is a copy; a part of a span is none.
        if (operation.Indices.Any(index => index.Type?.Name == "Range"))
            Find(Rules.Allocation, operation);
        base.VisitArrayElementReference(operation);
    }

    public override void VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation operation)
    {
        if (Allocations.IsText(operation.Type))
            Find(Rules.Allocation, operation);
        base.VisitImplicitIndexerReference(operation);
    }

    public override void VisitCollectionExpression(ICollectionExpressionOperation operation)
    {
        if (operation.Type?.IsReferenceType == true && operation.Elements.Length > 0)
            Find(Rules.Allocation, operation);
        base.VisitCollectionExpression(operation);
    }

    public override void VisitWith(IWithOperation operation)
    {
        if (operation.Type?.IsReferenceType == true)
            Find(Rules.Allocation, operation);
        base.VisitWith(operation);
    }

    public override void VisitDelegateCreation(IDelegateCreationOperation operation)
    {
        Find(Rules.Allocation, operation, $"The delegate \"{Allocations.Short(operation.Syntax)}\"");
        if (operation.Target is IMethodReferenceOperation { Method: { } method })
            graph.AddCall(owner, method);
        base.VisitDelegateCreation(operation);
    }

    public override void VisitInterpolatedString(IInterpolatedStringOperation operation)
    {
        if (!operation.ConstantValue.HasValue && operation.Parent is not IInterpolatedStringHandlerCreationOperation)
            Find(Rules.Allocation, operation);
        base.VisitInterpolatedString(operation);
    }

    public override void VisitBinaryOperator(IBinaryOperation operation)
    {
        if (Allocations.IsText(operation.Type) && !operation.ConstantValue.HasValue)
            Find(Rules.Allocation, operation);
        if (operation.OperatorMethod is { } method)
            Call(method, operation);
        base.VisitBinaryOperator(operation);
    }

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        if (Allocations.IsText(operation.Type))
            Find(Rules.Allocation, operation);
        if (operation.OperatorMethod is { } method)
            Call(method, operation);
        base.VisitCompoundAssignment(operation);
    }

    public override void VisitUnaryOperator(IUnaryOperation operation)
    {
        if (operation.OperatorMethod is { } method)
            Call(method, operation);
        base.VisitUnaryOperator(operation);
    }

    public override void VisitConversion(IConversionOperation operation)
    {
        if (operation.OperatorMethod is { } method)
            Call(method, operation);
        // What is joined to a text is told as that.
        else if (operation.GetConversion().IsBoxing
            && !Allocations.IsText((operation.Parent as IBinaryOperation)?.Type))
            Find(Rules.Boxing, operation.Operand);
        base.VisitConversion(operation);
    }

    public override void VisitForEachLoop(IForEachLoopOperation operation)
    {
        if (operation.IsAsynchronous)
            Find(Rules.Async, operation.Collection, "await foreach");
        else if (Allocations.MakesEnumerator(operation))
            Find(Rules.Allocation, operation.Collection, "The enumerator of \"foreach\"");
        base.VisitForEachLoop(operation);
    }

    private void Call(IMethodSymbol method, IOperation operation)
    {
        graph.AddCall(owner, method);
        if (Forbidden.Rule(method) is { } rule)
            Find(rule, operation);
    }

    private void Find(DiagnosticDescriptor rule, IOperation operation, string? code = null) =>
        Find(rule, operation.Syntax.GetLocation(), code ?? $"\"{Allocations.Short(operation.Syntax)}\"");

    private void Find(DiagnosticDescriptor rule, Location location, string code) =>
        graph.AddFinding(owner, new Finding(rule, location, code));
}
