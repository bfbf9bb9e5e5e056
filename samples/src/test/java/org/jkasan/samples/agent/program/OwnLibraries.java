package org.jkasan.samples.agent.program;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.jkasan.kernel.Kernel;
import org.objectweb.asm.ClassReader;

/** Uses ByteBuddy, ASM and JNA, each from its own class path, after the agent has used its own. */
public final class OwnLibraries {

    private OwnLibraries() {}

    public static void main(String[] args) throws Exception {
        Kernel.boot().close();
        Class<?> generated =
                new ByteBuddy()
                        .subclass(Callable.class)
                        .method(ElementMatchers.named("call"))
                        .intercept(FixedValue.value("generated"))
                        .make()
                        .load(OwnLibraries.class.getClassLoader())
                        .getLoaded();
        System.out.println(((Callable<?>) generated.getConstructor().newInstance()).call());
        System.out.println(NativeLibrary.getInstance("c").getFunction("abs").invokeInt(minusOne()));
        for (Class<?> library : new Class<?>[] {ByteBuddy.class, ClassReader.class, Native.class}) {
            System.out.println(library.getClassLoader() == ClassLoader.getSystemClassLoader());
        }
    }

    private static Object[] minusOne() {
        return new Object[] {-1};
    }
}
