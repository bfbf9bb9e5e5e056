package org.jkasan.samples.modload;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.jkasan.kernel.Kernel;

/** A booted kernel for one test, with what the steps of a load need. */
final class TestKernel implements AutoCloseable {

    private final Kernel kernel = Kernel.boot();
    private final Devres devres = new Devres(kernel.vmalloc());

    LoadContext context() {
        return new LoadContext(devres, kernel.memory(), Bug.NONE);
    }

    Image image(byte[] file) throws BadModuleException {
        return Image.read(context(), file(file));
    }

    List<String> load(byte[] file) throws BadModuleException {
        return new Loader(kernel.vmalloc(), kernel.memory(), Bug.NONE).load("small", file(file));
    }

    /** A file of so many bytes. */
    static ModuleFile file(byte[] bytes) {
        return new ModuleFile(bytes.length, new ByteArrayInputStream(bytes));
    }

    @Override
    public void close() {
        devres.close();
        kernel.close();
    }
}
