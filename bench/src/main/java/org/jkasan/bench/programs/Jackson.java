package org.jkasan.bench.programs;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Jackson: a document of JSON to its tree and back. */
final class Jackson implements Workload {

    private static final int RECORDS = 12_000;

    private static final int TIMES = 40;

    private final byte[] document;
    private final Object mapper;
    private final Method read;
    private final Method write;

    Jackson() throws ReflectiveOperationException {
        Class<?> type = Class.forName("com.fasterxml.jackson.databind.ObjectMapper");
        mapper = type.getConstructor().newInstance();
        read = type.getMethod("readTree", byte[].class);
        write = type.getMethod("writeValueAsBytes", Object.class);
        document = document();
    }

    private static byte[] document() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < RECORDS; i++) {
            text.append(i == 0 ? "" : ",");
            text.append("{\"id\":").append(i).append(",\"name\":\"name ").append(i * 31);
            text.append("\",\"price\":").append(i / 8.0).append(",\"tags\":[\"a\",\"b\\u00e4\"],");
            text.append("\"nested\":{\"ok\":true,\"none\":null}}");
        }
        return text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void run() throws ReflectiveOperationException {
        byte[] bytes = document;
        for (int i = 0; i < TIMES; i++) {
            bytes = (byte[]) write.invoke(mapper, read.invoke(mapper, (Object) bytes));
        }
        Object again = write.invoke(mapper, read.invoke(mapper, (Object) bytes));
        if (!Arrays.equals(bytes, (byte[]) again)) {
            throw new IllegalStateException("Jackson does not read what it wrote.");
        }
    }
}
