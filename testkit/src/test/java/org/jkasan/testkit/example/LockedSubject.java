package org.jkasan.testkit.example;

import org.jkasan.testkit.property.ActionTable;
import org.jkasan.testkit.property.Arguments;
import org.jkasan.testkit.property.KernelSubject;
import org.jkasan.testkit.property.Subject;

/** The locked driver and its kernel, and a fuzzer's bytes as programs of it. */
public final class LockedSubject implements Subject {

    private final KernelSubject kernel = KernelSubject.small();
    private final LockedDriver driver = new LockedDriver(kernel.kernel());

    static ActionTable<LockedSubject> actions() {
        return ActionTable.<LockedSubject>empty()
                .with(1, "key", LockedSubject::key)
                .with(1, "code", LockedSubject::code)
                .with(2, "write", LockedSubject::write);
    }

    private void key(Arguments arguments) {
        arguments.java("driver.key(%d);", arguments.value());
        driver.key(arguments.value());
    }

    private void code(Arguments arguments) {
        arguments.java("driver.code(%d);", arguments.value());
        driver.code(arguments.value());
    }

    private void write(Arguments arguments) {
        int slot = arguments.pick();
        arguments.java("driver.write(%d, (byte) 1);", slot);
        driver.write(slot, (byte) 1);
    }

    @Override
    public String java() {
        return kernel.java() + "\nLockedDriver driver = new LockedDriver(kernel);";
    }

    @Override
    public void close() {
        driver.close();
        kernel.close();
    }
}
