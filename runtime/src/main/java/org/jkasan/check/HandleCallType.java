package org.jkasan.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.invoke.WrongMethodTypeException;

/**
 * The types with which a call of a VarHandle was compiled: where they are not the handle's, Java
 * converts arguments and result, or refuses the call before it looks at the index.
 */
final class HandleCallType {

    private HandleCallType() {}

    /**
     * Whether a call gets as far as the index. Of a value that comes as an object, for a handle of
     * a primitive type, nobody can tell by its type: it may be null, or of another class.
     *
     * @param callType descriptor of the call, without the handle
     */
    static boolean suits(VarHandle handle, AccessMode mode, String callType) {
        MethodType type = handle.accessModeType(mode);
        return type.toMethodDescriptorString().equals(callType)
                || !handle.hasInvokeExactBehavior() && converts(callType, type);
    }

    private static boolean converts(String callType, MethodType type) {
        try {
            // No class but the JDK's own becomes a primitive value, so others are not looked for.
            MethodType called =
                    MethodType.fromMethodDescriptorString(
                            callType, ClassLoader.getPlatformClassLoader());
            MethodHandles.empty(type).asType(called);
            for (int i = 0; i < type.parameterCount(); i++) {
                if (type.parameterType(i).isPrimitive() && !called.parameterType(i).isPrimitive()) {
                    return false;
                }
            }
            return true;
        } catch (WrongMethodTypeException | TypeNotPresentException e) {
            return false;
        }
    }
}
