//! What a function could return instead.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypePath};

/// At most this many values of one type: a tuple of many would multiply them.
const MOST: usize = 4;

/// The values that stand in for what a function finds; none where no value can be made up.
pub fn instead(output: &ReturnType) -> Vec<TokenStream> {
    match output {
        ReturnType::Default => vec![quote!(())],
        ReturnType::Type(_, of) => values(of),
    }
}

fn values(of: &Type) -> Vec<TokenStream> {
    match of {
        Type::Path(path) => of_path(path),
        Type::Paren(inner) => values(&inner.elem),
        Type::Reference(to) if to.mutability.is_none() => of_reference(&to.elem),
        Type::Tuple(tuple) => {
            let start = vec![Vec::new()];
            let all = tuple.elems.iter().fold(start, |so_far, elem| {
                let next = values(elem);
                let longer = so_far.iter().flat_map(|before| {
                    next.iter().map(move |one| [before.as_slice(), std::slice::from_ref(one)].concat())
                });
                longer.take(MOST).collect()
            });
            all.into_iter().map(|elems| quote!((#(#elems,)*))).collect()
        }
        _ => Vec::new(),
    }
}

fn of_reference(to: &Type) -> Vec<TokenStream> {
    match to {
        Type::Path(path) if path.path.is_ident("str") => vec![quote!(""), quote!("xyzzy")],
        Type::Slice(_) => vec![quote!(&[])],
        _ => Vec::new(),
    }
}

fn of_path(path: &TypePath) -> Vec<TokenStream> {
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let first_argument = || match &last.arguments {
        PathArguments::AngleBracketed(given) => given.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(of) => Some(values(of)),
            _ => None,
        }),
        _ => None,
    };
    let wrapped = |with: fn(&TokenStream) -> TokenStream| {
        first_argument().unwrap_or_else(|| vec![quote!(())]).iter().map(with).collect::<Vec<_>>()
    };
    match last.ident.to_string().as_str() {
        "bool" => vec![quote!(true), quote!(false)],
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => vec![quote!(0), quote!(1)],
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => vec![quote!(0), quote!(1), quote!(-1)],
        "Option" => {
            let mut all = vec![quote!(None)];
            all.extend(wrapped(|value| quote!(Some(#value))));
            all
        }
        // What is displayed answers nothing at all.
        "Result" => wrapped(|value| quote!(Ok(#value))),
        "Box" => wrapped(|value| quote!(Box::new(#value))),
        _ => vec![quote!(Default::default())],
    }
}
