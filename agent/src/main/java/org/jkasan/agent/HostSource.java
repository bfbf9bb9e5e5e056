package org.jkasan.agent;

import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;

/** The host's memory, over JNA in its layer, both of which begin when somebody asks. */
final class HostSource implements Supplier<HostMemory> {

    /** By name, so that nobody loads it before its module is there. */
    private static final String JNA_START = "org.jkasan.host.jna.JnaStart";

    private final Supplier<Module> layer;

    HostSource(Supplier<Module> layer) {
        this.layer = layer;
    }

    @Override
    public HostMemory get() {
        Module jna = layer.get();
        NativeAccess.allow(jna);
        try {
            return (HostMemory)
                    jna.getClassLoader().loadClass(JNA_START).getMethod("hostMemory").invoke(null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof HostMemoryException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
