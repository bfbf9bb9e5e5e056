package org.jkasan.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jkasan.kernel.Kernel;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Boots the kernels that {@link BootKernel} asks for, and looks at them after the test. */
final class BootKernelExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BootKernelExtension.class);

    /** The kernels of one test, closed by JUnit whatever happens. */
    private static final class Kernels implements AutoCloseable {

        private final Map<BootKernel, BootedKernel> booted = new LinkedHashMap<>();
        private boolean looked;

        Kernel get(BootKernel settings) {
            return booted.computeIfAbsent(settings, BootedKernel::boot).kernel();
        }

        /** Once, though the extension may be registered for several parameters. */
        void check() {
            if (!looked) {
                looked = true;
                booted.values().forEach(BootedKernel::check);
            }
        }

        @Override
        public void close() {
            booted.values().forEach(BootedKernel::close);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(BootKernel.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() != Kernel.class) {
            throw new ParameterResolutionException(
                    "@BootKernel gives a parameter of type org.jkasan.kernel.Kernel, not "
                            + parameter.getParameter().getType().getName()
                            + ".");
        }
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "@BootKernel gives a kernel for one test: put it on a parameter of a test,"
                            + " @BeforeEach or @AfterEach method.");
        }
        BootKernel settings = parameter.findAnnotation(BootKernel.class).orElseThrow();
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Kernels.class, key -> new Kernels(), Kernels.class)
                .get(settings);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Kernels kernels = context.getStore(NAMESPACE).get(Kernels.class, Kernels.class);
        // What a test leaves that has failed half way is no news.
        if (kernels != null && context.getExecutionException().isEmpty()) {
            kernels.check();
        }
    }
}
