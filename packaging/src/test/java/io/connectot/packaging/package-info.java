// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests of the plugin archives. */
package io.connectot.packaging;
